/// One question to a handler, for tests: does it meet an objective at a rate under a model?
@NullMarked
package usher.lab.trial;

import org.jspecify.annotations.NullMarked;
