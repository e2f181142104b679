/// The load generator: a process of its own that sends what a plan says, when the plan says, and
/// reports what came back.
@NullMarked
package usher.lab.load;

import org.jspecify.annotations.NullMarked;
