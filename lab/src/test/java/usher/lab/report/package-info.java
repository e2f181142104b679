@NullMarked
package usher.lab.report;

import org.jspecify.annotations.NullMarked;
