@org.jspecify.annotations.NullMarked
package usher.files.tftp.client;
