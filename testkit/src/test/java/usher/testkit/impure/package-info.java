/// Classes that are impure in one way each, so that the search for impurity can be seen to find it.
@NullMarked
package usher.testkit.impure;

import org.jspecify.annotations.NullMarked;
