/// What the lab found, as data: figures with their spread, curves, the machine, and the file that
/// holds them.
///
/// Pure but for [ResultFile]: no process, socket, thread or clock. Experiments make these, and the
/// table, the report, the comparison and the recommendation read nothing else.
@NullMarked
package usher.lab.result;

import org.jspecify.annotations.NullMarked;
