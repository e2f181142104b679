@NullMarked
package usher.lab.proc;

import org.jspecify.annotations.NullMarked;
