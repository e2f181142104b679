/// What the models of several processes cost beside those of one.
@org.jspecify.annotations.NullMarked
package usher.bench.children;
