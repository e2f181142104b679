/// The library of files beside other servers of files.
@NullMarked
package usher.bench.files;

import org.jspecify.annotations.NullMarked;
