@NullMarked
package usher.lab.workload;

import org.jspecify.annotations.NullMarked;
