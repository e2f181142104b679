@NullMarked
package usher.lab.trial;

import org.jspecify.annotations.NullMarked;
