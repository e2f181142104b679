/// JMH benchmarks of the hot paths, with allocation figures. Run them by `bench/micro`.
@NullMarked
package usher.bench.micro;

import org.jspecify.annotations.NullMarked;
