//! Every verdict, status, cap and boundary of the score, on small transcripts written by hand.

mod clock;
mod communication;
mod document;
mod escalation;
mod fixture;
mod outcome;
mod property;
mod record;
mod response;
mod total;
