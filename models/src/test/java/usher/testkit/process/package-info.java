/// The models of several processes, with real processes: a program of the test's as the parent, its
/// children, and the test as client and onlooker.
@org.jspecify.annotations.NullMarked
package usher.testkit.process;
