using Waymark.Benchmarks;

// One table, or with --json the rows as JSON. --only NAME runs the rows whose name begins so; --quick makes everything a tenth of the size, to try the bench itself.
return await Runner.RunAsync(args);

