/// The admin address of the command: health and metrics, off the service's own port.
@org.jspecify.annotations.NullMarked
package usher.cli.admin;
