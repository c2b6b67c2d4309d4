using CloudSage.Benchmarks;

return await BenchmarkRun.MainAsync(args);
