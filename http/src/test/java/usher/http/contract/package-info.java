/// The behaviours of HTTP under each model and over each transport.
@NullMarked
package usher.http.contract;

import org.jspecify.annotations.NullMarked;
