/// What outside conformance suites and fault tools talk to.
@NullMarked
package usher.cli.testee;

import org.jspecify.annotations.NullMarked;
