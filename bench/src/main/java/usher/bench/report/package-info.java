/// Turns samples into medians, tables, plots and a raw file. Pure, but for the files it writes.
@NullMarked
package usher.bench.report;

import org.jspecify.annotations.NullMarked;
