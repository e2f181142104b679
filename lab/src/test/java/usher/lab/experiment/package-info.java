@NullMarked
package usher.lab.experiment;

import org.jspecify.annotations.NullMarked;
