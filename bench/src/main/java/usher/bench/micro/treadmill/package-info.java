/// A transport without a kernel, for measuring a driver alone: one connection on which the same
/// request is always there to be read. No request is ever waited for and no byte leaves the
/// process, so what is left is the driver, the session and the handler.
@NullMarked
package usher.bench.micro.treadmill;

import org.jspecify.annotations.NullMarked;
