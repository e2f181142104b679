@NullMarked
package usher.lab.result;

import org.jspecify.annotations.NullMarked;
