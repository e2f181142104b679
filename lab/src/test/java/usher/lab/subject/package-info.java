@NullMarked
package usher.lab.subject;

import org.jspecify.annotations.NullMarked;
