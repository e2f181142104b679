/// More load than can be served: what is still answered in time, and how soon all is well again.
@org.jspecify.annotations.NullMarked
package usher.bench.overload;
