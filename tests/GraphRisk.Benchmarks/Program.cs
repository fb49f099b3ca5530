using BenchmarkDotNet.Running;

// One benchmark: dotnet run -c Release --project tests/GraphRisk.Benchmarks -- --filter '*Guard*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
