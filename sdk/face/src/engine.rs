//! The one seam to whatever runs ONNX: load a model for a fixed input shape, run it.

#[cfg(feature = "engine")]
mod blocked_weights;
#[cfg(feature = "engine")]
mod tract;

#[cfg(feature = "engine")]
pub use tract::Tract;

/// A runtime that can prepare ONNX models.
pub trait Engine {
    /// Prepares a model.
    ///
    /// `input` is the one input's shape; `outputs` are the names whose values [`Network::run`] gives, in this order.
    ///
    /// # Errors
    /// [`EngineError`] when the model cannot be read, does not fit the shape, or lacks an output.
    fn load(
        &self,
        onnx: &[u8],
        input: [usize; 4],
        outputs: &[&str],
    ) -> Result<Box<dyn Network>, EngineError>;
}

/// A prepared model.
pub trait Network: Send + Sync {
    /// Runs the model on one input, values in row-major order. Gives the values of each output that was asked for.
    ///
    /// # Errors
    /// [`EngineError`] when the input has another length than the shape, or the computation fails.
    fn run(&self, input: &[f32]) -> Result<Vec<Vec<f32>>, EngineError>;
}

/// The engine could not do it. What its library said of it is not kept: the models are fixed and known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineError;

impl core::fmt::Display for EngineError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the ONNX engine failed")
    }
}

impl core::error::Error for EngineError {}
