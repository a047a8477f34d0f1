// How Node runs the built server: `npm start`, the benchmark, docker/Dockerfile and docs/operations.md say the same.

/**
 * Room for young objects, and by how much the heap may grow between two full collections. Without them Node takes the
 * memory of the whole machine as its own and collects late: under load twice as much was resident.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=30'];
