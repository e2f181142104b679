/// The experiments: which load goes to which server when, and what is made of what came back.
@NullMarked
package usher.lab.experiment;

import org.jspecify.annotations.NullMarked;
