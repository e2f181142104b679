/// [usher.lab.junit.Meets]: an objective as a test of JUnit.
@NullMarked
package usher.lab.junit;

import org.jspecify.annotations.NullMarked;
