/// Processes as the kernel counts them: `/proc` of Linux.
@NullMarked
package usher.lab.proc;

import org.jspecify.annotations.NullMarked;
