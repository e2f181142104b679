@org.jspecify.annotations.NullMarked
package usher.files.frame;
