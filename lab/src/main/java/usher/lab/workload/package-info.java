/// What is asked of the servers: parameter sets, built in or from a user's file.
@NullMarked
package usher.lab.workload;

import org.jspecify.annotations.NullMarked;
