/// The model contract: behaviours that every protocol may count on, each written once and run under
/// every model and over every transport. Where a behaviour cannot be had, the reason is written
/// down beside it and shown.
///
/// A module with protocols of its own writes [usher.testkit.contract.Behaviour]s for them and runs
/// them by a subclass of [usher.testkit.contract.ModelContract] for each model.
@NullMarked
package usher.testkit.contract;

import org.jspecify.annotations.NullMarked;
