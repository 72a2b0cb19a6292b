//! `tract-onnx`: pure Rust, one thread.

use super::{Engine, EngineError, Network, blocked_weights};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tract_onnx::prelude::*;

/// The engine of this release.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tract;

impl Engine for Tract {
    fn load(
        &self,
        onnx: &[u8],
        input: [usize; 4],
        outputs: &[&str],
    ) -> Result<Box<dyn Network>, EngineError> {
        // Models are checked by hash before they come here; should the library still panic, it is a refusal.
        catch_unwind(AssertUnwindSafe(|| prepare(onnx, input, outputs)))
            .ok()
            .and_then(Result::ok)
            .map(|plan| Box::new(Plan { plan, input }) as Box<dyn Network>)
            .ok_or(EngineError)
    }
}

fn prepare(
    mut onnx: &[u8],
    input: [usize; 4],
    outputs: &[&str],
) -> TractResult<Arc<TypedRunnableModel>> {
    // The shapes written in YuNet's file are those of another input size.
    let framework = tract_onnx::onnx()
        .with_ignore_output_shapes(true)
        .with_ignore_value_info(true);
    let mut proto = framework.proto_model_for_read(&mut onnx)?;
    if let Some(graph) = &mut proto.graph {
        blocked_weights::expand(graph).ok_or_else(|| TractError::msg("blocked weights"))?;
    }
    let mut model = framework.model_for_proto_model(&proto)?;
    // Each copy of the weights is 38 MB: none outlives its use.
    drop(proto);
    model.set_input_fact(0, f32::fact(input).into())?;
    model.select_outputs_by_name(outputs.iter().copied())?;
    model.into_optimized()?.into_runnable()
}

struct Plan {
    plan: Arc<TypedRunnableModel>,
    input: [usize; 4],
}

impl Network for Plan {
    fn run(&self, input: &[f32]) -> Result<Vec<Vec<f32>>, EngineError> {
        let compute = || -> TractResult<Vec<Vec<f32>>> {
            let input = Tensor::from_shape(&self.input, input)?;
            let outputs = self.plan.run(tvec!(input.into()))?;
            outputs
                .iter()
                .map(|output| {
                    Ok(output
                        .to_plain_array_view::<f32>()?
                        .iter()
                        .copied()
                        .collect())
                })
                .collect()
        };
        catch_unwind(AssertUnwindSafe(compute))
            .ok()
            .and_then(Result::ok)
            .ok_or(EngineError)
    }
}
