/// JSON bodies for HTTP handlers, through Jackson.
@org.jspecify.annotations.NullMarked
package usher.json;
