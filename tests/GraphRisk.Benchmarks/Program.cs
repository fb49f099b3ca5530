using System.Globalization;
using BenchmarkDotNet.Running;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Benchmarks.Contagion;
using GraphRisk.Benchmarks.Entitled;
using GraphRisk.Benchmarks.Import;
using GraphRisk.Benchmarks.Linkage;
using GraphRisk.Benchmarks.Models;
using GraphRisk.Benchmarks.Ownership;
using GraphRisk.Benchmarks.Paths;
using GraphRisk.Benchmarks.Questions;
using GraphRisk.Benchmarks.Resolution;
using GraphRisk.Benchmarks.Scoring;
using GraphRisk.Benchmarks.Screening;
using GraphRisk.Benchmarks.Selection;
using GraphRisk.Benchmarks.Stores;
using GraphRisk.Benchmarks.Structure;

// One benchmark: dotnet run -c Release --project tests/GraphRisk.Benchmarks -- --filter '*Guard*'
// A large store's life:  dotnet run -c Release --project tests/GraphRisk.Benchmarks -- stores 1000000 FOLDER
// Both stores compared:  GRAPHRISK_NEO4J_URL=... dotnet run -c Release --project tests/GraphRisk.Benchmarks -- compare-stores 20000 FOLDER
// Hostile questions:     dotnet run -c Release --project tests/GraphRisk.Benchmarks -- hostile 1000 FOLDER
// Viewers' snapshots:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- entitled 20000 FOLDER
// Contagion:             dotnet run -c Release --project tests/GraphRisk.Benchmarks -- contagion 1000000 10000000
// What the graph adds:   dotnet run -c Release --project tests/GraphRisk.Benchmarks -- lift 20000 intensity FOLDER [FAMILY ...]
// One debt everywhere:   dotnet run -c Release --project tests/GraphRisk.Benchmarks -- one-reading 20000 intensity FOLDER
// Scoring a market:      dotnet run -c Release --project tests/GraphRisk.Benchmarks -- scoring DATA 2025-12-31
// One client at a time:  dotnet run -c Release --project tests/GraphRisk.Benchmarks -- real-time DATA 2025-12-31 FOLDER
// Files into a store:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- import SOURCE FOLDER
// Linkage beside SQL:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- linkage PEOPLE.csv
// Names on lists:        dotnet run -c Release --project tests/GraphRisk.Benchmarks -- screening 10000 5000
// Paths in a market:     dotnet run -c Release --project tests/GraphRisk.Benchmarks -- paths 1000000 10000000
// Components, ranks:     dotnet run -c Release --project tests/GraphRisk.Benchmarks -- kronecker 20 16
// Records to clients:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- resolution DATA FOLDER
// Beside Mercurius:      dotnet run -c Release --project tests/GraphRisk.Benchmarks -- questions FOLDER
// Questions of desks:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- desk-questions FOLDER
// A question's stages:   dotnet run -c Release --project tests/GraphRisk.Benchmarks -- question-stages FOLDER
// A whole register:      dotnet run -c Release --project tests/GraphRisk.Benchmarks -- ownership 8000000 5100000
// One changed holding:   dotnet run -c Release --project tests/GraphRisk.Benchmarks -- ownership-changes 8000000 5100000
// Who stands behind it:  dotnet run -c Release --project tests/GraphRisk.Benchmarks -- ownership-questions SOURCE FOLDER
// Filters and tables:    dotnet run -c Release --project tests/GraphRisk.Benchmarks -- selection 1000000 FOLDER
if (args is ["import", var source, var target]) await ImportLoad.RunAsync(source, target);
else if (args is ["linkage", var people]) LinkageLoad.Run(people);
else if (args is ["resolution", var imported, var copied]) await ResolutionLoad.RunAsync(imported, copied);
else if (args is ["question-stages", var staged]) await QuestionStages.RunAsync(staged);
else if (args is ["desk-questions", var desks]) await DeskQuestions.RunAsync(desks);
else if (args is ["questions", var beside]) await QuestionLoad.RunAsync(beside);
else if (args is ["selection", var persons, var selected]) await SelectionLoad.RunAsync(int.Parse(persons, CultureInfo.InvariantCulture), selected);
else if (args is ["ownership", var parties, var parts]) OwnershipLoad.Run(int.Parse(parties, CultureInfo.InvariantCulture), int.Parse(parts, CultureInfo.InvariantCulture));
else if (args is ["ownership-changes", var all, var held]) ChangedHoldingsLoad.Run(int.Parse(all, CultureInfo.InvariantCulture), int.Parse(held, CultureInfo.InvariantCulture));
else if (args is ["ownership-questions", var register, var opened]) await OwnershipQuestionsLoad.RunAsync(register, opened);
else if (args is ["screening", var listed, var asked]) ScreeningLoad.Run(int.Parse(listed, CultureInfo.InvariantCulture), int.Parse(asked, CultureInfo.InvariantCulture));
else if (args is ["hostile", var questions, var kept]) await HostileLoad.RunAsync(int.Parse(questions, CultureInfo.InvariantCulture), kept);
else if (args is ["stores", var clients, var folder]) await StoreLoad.RunAsync(int.Parse(clients, CultureInfo.InvariantCulture), folder);
else if (args is ["compare-stores", var compared, var place]) await StoreComparison.RunAsync(int.Parse(compared, CultureInfo.InvariantCulture), place);
else if (args is ["entitled", var viewed, var under]) await EntitledLoad.RunAsync(int.Parse(viewed, CultureInfo.InvariantCulture), under);
else if (args is ["contagion", var nodes, var edges]) ContagionLoad.Run(int.Parse(nodes, CultureInfo.InvariantCulture), int.Parse(edges, CultureInfo.InvariantCulture));
else if (args is ["paths", var drawn, var tied]) PathsLoad.Run(int.Parse(drawn, CultureInfo.InvariantCulture), int.Parse(tied, CultureInfo.InvariantCulture));
else if (args is ["kronecker", var scale, var perNode]) KroneckerLoad.Run(int.Parse(scale, CultureInfo.InvariantCulture), int.Parse(perNode, CultureInfo.InvariantCulture));
else if (args is ["lift", var generated, var process, var made, .. var families]) await GraphLiftLoad.RunAsync(int.Parse(generated, CultureInfo.InvariantCulture), process, made, families);
else if (args is ["one-reading", var read, var kind, var where]) await OneReadingLoad.RunAsync(int.Parse(read, CultureInfo.InvariantCulture), kind, where);
else if (args is ["scoring", var data, var scoredDay]) await ScoringLoad.RunAsync(data, DateOnly.ParseExact(scoredDay, "yyyy-MM-dd", CultureInfo.InvariantCulture));
else if (args is ["real-time", var live, var liveDay, var keys]) await RealTimeLoad.RunAsync(live, DateOnly.ParseExact(liveDay, "yyyy-MM-dd", CultureInfo.InvariantCulture), keys);
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
