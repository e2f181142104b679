/// Meters of a server, through Micrometer.
@org.jspecify.annotations.NullMarked
package usher.metrics;
