/// What textbooks say of the models in adjectives, held against the figures of one run.
///
/// Pure: no process, socket, thread or clock.
@NullMarked
package usher.lab.claim;

import org.jspecify.annotations.NullMarked;
