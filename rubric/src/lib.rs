//! rubric
mod hundredths;
mod normal;
mod reading;
mod rubric;
mod token;
mod unit;
mod word;
pub use hundredths::Hundredths;
pub use reading::*;
pub use rubric::*;
