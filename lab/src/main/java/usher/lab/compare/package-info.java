/// What differs beyond noise: between two subjects of one run, and between two runs.
///
/// Pure: no process, socket, thread or clock.
@NullMarked
package usher.lab.compare;

import org.jspecify.annotations.NullMarked;
