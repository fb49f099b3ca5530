using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Trees;
using GraphRisk.Simulation;

namespace GraphRisk.Benchmarks.Models;

/// <summary>
/// What the graph adds, honestly: every family of models, with and without features of others, on a generated market whose
/// contagion is of the given process (and one without any), out of time with intervals; and how often the neighbour that
/// attribution names first is the one the generator planted.
/// </summary>
internal static class GraphLiftLoad
{
    private const int Seed = GeneratedMarket.Seed;

    /// <summary>Features whose part in the area is asked apart: they stay where they add, or cost nothing and say what the others do not.</summary>
    private static readonly string[][] AskedApart = [["guarantee_calls", "calls_unpaid"], ["forced_sales"]];

    /// <param name="families">Only these, and nothing but their figures; none for all and everything.</param>
    public static async Task RunAsync(int clients, string process, string folder, params string[] families)
    {
        var contagion = Enum.Parse<ContagionProcess>(process, ignoreCase: true);
        await using var market = await GeneratedMarket.OpenAsync(clients, contagion, folder);
        var latest = await market.LatestAsync();
        var (known, options) = (new MarketReading(latest), new TrainingOptions { Seed = Seed });
        var plan = TrainingPlan.For(DataReach.Of(known), options);
        var panel = new Panel(new DefaultHistory(known), plan, options);
        foreach (var day in plan.AsOfDates) panel.Add(FeatureSet.Open(new MarketReading(await market.AtAsync(day))));
        Console.WriteLine($"{process}: {clients} clients, {panel.Observations.Count} client-quarters, {panel.Observations.Count(row => row.Defaulted)} defaults; tested on {string.Join(", ", plan.Test.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}");
        if (families.Length == 0)
        {
            using var model = ModelTraining.Run(panel, plan, latest.Catalog, options, GeneratedMarket.Recorded);
            OneReadingLoad.Report(process, new MarketReading(await market.AtAsync(DataReach.Of(known).Last)), model);
            if (contagion != ContagionProcess.None) await PlantedAsync(market, model, plan.Test[0]);
        }
        Compare(panel, plan, options, families.Length == 0 ? ModelFamilies.All : [.. families.Select(ModelFamilies.Named)]);
    }

    private static void Compare(Panel panel, TrainingPlan plan, TrainingOptions options, IReadOnlyList<ModelFamily> families)
    {
        var matrix = panel.Matrix();
        int[] RowsOf(IReadOnlyList<DateOnly> days) => [.. Enumerable.Range(0, panel.Observations.Count).Where(row => days.Contains(panel.Observations[row].AsOf))];
        var (train, test) = (RowsOf(plan.Train), RowsOf(plan.Test));
        bool[] Bad(int[] rows) => [.. rows.Select(row => panel.Observations[row].Defaulted)];
        ulong[] Clients(int[] rows) => [.. rows.Select(row => panel.Observations[row].Client)];
        var bad = Bad(test);
        Console.WriteLine("family        AUC [95%]               KS [95%]                Brier [95%]             ECE [95%]               graph adds [95%]         s");
        foreach (var family in families)
        {
            var started = Stopwatch.GetTimestamp();
            double[] Predict(int[] columns)
            {
                ModelInput[] inputs = [.. columns.Select(column => new ModelInput(FeatureSet.Features[column].Name, FeatureSet.Features[column].Direction))];
                var set = new TrainingSet(matrix.SelectRows(train).SelectColumns(columns), Bad(train), inputs);
                var fitted = FittedModel.ByFolds(family, set, ClientFolds.Assign(Clients(train), options.Folds, Seed), options.Folds, Seed, 2);
                using (fitted.Model) return fitted.Probabilities(matrix.SelectRows(test).SelectColumns(columns));
            }

            var full = Predict(FeatureSet.ColumnsFor(family));
            var own = Predict(FeatureSet.Columns(FeatureScope.Own));
            var (auc, band) = DeLongInterval.Of([(full, bad)]);
            var bands = BootstrapIntervals.Of(full, bad, Seed);
            var bins = CalibrationBins.Compute(full, bad);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{family.Name,-12} {Told(auc, band)} {Told(KolmogorovSmirnov.Compute(full, bad), bands.Ks)} {Told(BrierScore.Compute(full, bad), bands.Brier)} {Told(CalibrationBins.Error(bins), bands.CalibrationError)} {Told(auc - AreaUnderCurve.Compute(own, bad), Lift(full, own, bad, Clients(test)))} {Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0}"));
            if (family.Name != BoostedTreesFamily.Standard.Name) continue;
            foreach (var left in AskedApart)
            {
                var without = Predict([.. FeatureSet.ColumnsFor(family).Where(column => !left.Contains(FeatureSet.Features[column].Name))]);
                Console.WriteLine($"  {string.Join(" and ", left)} add {Told(auc - AreaUnderCurve.Compute(without, bad), Lift(full, without, bad, Clients(test)))}");
            }
        }
    }

    /// <summary>The interval of the difference of two areas: whole clients drawn again, 200 times.</summary>
    private static Interval Lift(double[] full, double[] own, bool[] bad, ulong[] clients)
    {
        var random = new Random(Seed);
        var rowsOf = Enumerable.Range(0, clients.Length).GroupBy(row => clients[row]).Select(group => group.ToArray()).ToArray();
        var lifts = new List<double>();
        for (var draw = 0; draw < 200; draw++)
        {
            int[] rows = [.. Enumerable.Range(0, rowsOf.Length).SelectMany(_ => rowsOf[random.Next(rowsOf.Length)])];
            bool[] drawn = [.. rows.Select(row => bad[row])];
            double Area(double[] risk) => AreaUnderCurve.Compute([.. rows.Select(row => risk[row])], drawn);
            lifts.Add(Area(full) - Area(own));
        }

        lifts.Sort();
        return new Interval(lifts[5], lifts[^6]);
    }

    /// <summary>Asks attribution at the end of the month before each default that a neighbour caused.</summary>
    private static async Task PlantedAsync(GeneratedMarket generated, CreditModel model, DateOnly from)
    {
        var truth = generated.Truth;
        var records = Rows(truth, "entities.csv").ToLookup(row => row["entity"], row => new NodeId(row["kind"] == "PERSON" ? "Person" : "Company", $"{row["source"]}:{row["record_key"]}"));
        var planted = Rows(truth, "contagion.csv").Where(row => row["neighbour"] != "")
            .Select(row => (Client: row["entity"], Neighbour: row["neighbour"], Day: Date(row["occurred_on"]), Failed: Date(row["neighbour_failed_on"])))
            .Where(row => row.Day > from).GroupBy(row => new DateOnly(row.Day.Year, row.Day.Month, 1).AddDays(-1)).OrderBy(group => group.Key);
        var (asked, named, visible, namedVisible) = (0, 0, 0, 0);
        foreach (var month in planted)
        {
            var market = new MarketReading(await generated.AtAsync(month.Key));
            var scorer = model.Open(market);
            int NodeOf(string entity) => records[entity].Select(market.Snapshot.Nodes.Find).Where(node => node >= 0).DefaultIfEmpty(-1).First();
            foreach (var row in month)
            {
                var (client, neighbour) = (NodeOf(row.Client), NodeOf(row.Neighbour));
                if (client < 0 || neighbour < 0 || market.Parties.IndexOf(client) < 0) continue;
                var terms = scorer.ContagionOf(client).Terms;
                var isNamed = terms.Count > 0 && terms[0].Party == neighbour;
                var isVisible = market.Distress(Graph.Algorithms.WorkMeter.Unlimited).HasFailed(market.Parties.IndexOf(neighbour));
                (asked, named) = (asked + 1, named + (isNamed ? 1 : 0));
                (visible, namedVisible) = (visible + (isVisible ? 1 : 0), namedVisible + (isVisible && isNamed ? 1 : 0));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"planted neighbour named first: {named} of {asked} ({(double)named / asked:0.000}); where its failure was known by then: {namedVisible} of {visible} ({(double)namedVisible / Math.Max(1, visible):0.000})"));
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string folder, string file)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        var names = lines[0].Split(',');
        return lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static DateOnly Date(string text) => text == "" ? DateOnly.MinValue : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Told(double value, Interval band) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0000} [{band.Lower:0.0000}, {band.Upper:0.0000}]");
}
