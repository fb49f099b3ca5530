using System.Diagnostics;
using System.Globalization;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Tests.Screening;

namespace GraphRisk.Benchmarks.Screening;

/// <summary>
/// Questions to a list of made-up entries, one after another on one core: questions a second and the slowest hundredth, by the processor's time of
/// the thread so that neighbours on the machine do not count, as ratios to comparing with every name of a tenth of the list in the same run; and
/// what is found, and how far probabilities are off.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- screening 10000 5000</code>
/// </summary>
internal static class ScreeningLoad
{
    private const double Listed = 0.1;

    public static void Run(int entries, int questions)
    {
        var lists = new RandomLists(7);
        var population = lists.Population(20 * entries);
        var watch = Stopwatch.StartNew();
        var index = ScreeningIndex.Of(population[..entries]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries} entries read in {watch.Elapsed.TotalSeconds:0.0} s, {GC.GetTotalMemory(true) >> 20} MiB"));
        var asked = Enumerable.Range(0, 2 * questions).Select(_ => lists.Next(1000) < 1000 * Listed ? population[lists.Next(entries)] : population[entries + lists.Next(19 * entries)])
            .Select(who => (who.Id, Query: lists.Ask(who))).ToList();
        foreach (var (_, query) in asked[..questions]) index.Screen(query, new ScreeningParameters());
        var (times, hits) = (new double[questions], new List<(double Probability, bool IsRight)>());
        var (listed, found) = (0, 0);
        for (var at = 0; at < questions; at++)
        {
            var (id, query) = asked[questions + at];
            var begun = ThreadTime.Milliseconds;
            var answer = index.Screen(query, new ScreeningParameters { Prior = Listed });
            times[at] = ThreadTime.Milliseconds - begun;
            hits.AddRange(answer.Select(hit => (hit.Probability, hit.Entry.Id == id)));
            if (!index.Entries.Any(entry => entry.Id == id)) continue;
            listed++;
            if (answer.Any(hit => hit.Entry.Id == id)) found++;
        }

        Array.Sort(times);
        var off = hits.GroupBy(hit => Math.Min(9, (int)(hit.Probability * 10))).Sum(bin => Math.Abs(bin.Sum(hit => hit.Probability) - bin.Count(hit => hit.IsRight))) / hits.Count;
        var whole = Whole([.. population.Take(entries / 10).SelectMany(entry => entry.Names.Select(name => NameReading.Of(name, entry.Kind)))], asked.Take(20).Select(pair => pair.Query).ToList()) * 10;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{1000 / times.Average():0} questions/s, median {times[questions / 2]:0.00} ms, p99 {times[(int)(questions * 0.99)]:0.00} ms; every name compared: {whole:0} ms, {whole / times.Average():0} times as long"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {listed} listed found, {hits.Count} hits, expected calibration error {off:0.0000}"));
    }

    /// <summary>Milliseconds a question takes that is held against every name.</summary>
    private static double Whole(List<NameReading> names, List<ScreeningQuery> queries)
    {
        var begun = ThreadTime.Milliseconds;
        foreach (var reading in queries.Select(query => NameReading.Of(query.Name, query.Kind)))
            foreach (var name in names) NameSimilarity.Compare(reading, name);
        return (ThreadTime.Milliseconds - begun) / queries.Count;
    }
}
