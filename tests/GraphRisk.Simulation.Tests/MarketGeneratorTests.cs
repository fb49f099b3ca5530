namespace GraphRisk.Simulation.Tests;

public class MarketGeneratorTests
{
    private static readonly MarketParameters Small = new(600, 11) { CommunitySize = 200 };

    [Test]
    public void EqualParametersGiveEqualBytes([Values] ContagionProcess contagion)
    {
        using var one = new GeneratedMarket(Small with { Contagion = contagion });
        using var other = new GeneratedMarket(Small with { Contagion = contagion });
        Assert.That(other.Files, Is.EqualTo(one.Files));
        foreach (var file in one.Files)
            Assert.That(File.ReadAllBytes(Path.Combine(other.Folder, file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(one.Folder, file))), file);
    }

    [Test]
    public void ProcessesWriteTheSameFilesAndDifferentFates([Values(ContagionProcess.Clearing, ContagionProcess.None)] ContagionProcess contagion)
    {
        using var one = new GeneratedMarket(Small);
        using var other = new GeneratedMarket(Small with { Contagion = contagion });
        Assert.That(other.Files, Is.EqualTo(one.Files));
        foreach (var file in one.Files.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)))
            Assert.That(other.Header(file), Is.EqualTo(one.Header(file)), file);
        Assert.That(other.Rows("truth/defaults.csv"), Is.Not.EqualTo(one.Rows("truth/defaults.csv")));
    }

    [Test]
    public void BrokersOfAnEarlierMarketInTheFolderAreGone()
    {
        using var market = new GeneratedMarket(Small with { Brokers = 5 });
        MarketGenerator.Generate(Small with { Brokers = 3 }, market.Folder);
        Assert.That(Directory.GetDirectories(Path.Combine(market.Folder, "brokers")), Has.Length.EqualTo(3));
    }

    [Test]
    public void TheSmallestMarketIsAMarket()
    {
        using var market = new GeneratedMarket(new MarketParameters(20, 1));
        Assert.That(market.Summary.Clients, Is.EqualTo(20));
        Assert.That(market.BrokerRows("clients").Count(), Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    public void AnotherSeedGivesAnotherMarket()
    {
        using var one = new GeneratedMarket(Small);
        using var other = new GeneratedMarket(Small with { Seed = 12 });
        Assert.That(File.ReadAllText(Path.Combine(other.Folder, "registry/companies.csv")), Is.Not.EqualTo(File.ReadAllText(Path.Combine(one.Folder, "registry/companies.csv"))));
    }

    [Test]
    public void TheLiveSetDoesNotGrowWithTheClients()
    {
        // Same national layer, so what could grow is only what is kept of communities.
        var parameters = new MarketParameters(1500, 5) { CommunitySize = 500, Brokers = 4, Securities = 40 };
        var small = LiveBytesAtTheEnd(parameters);
        var large = LiveBytesAtTheEnd(parameters with { Clients = 6000 });
        Assert.That(large - small, Is.LessThan(1_000_000), "four times the clients, less than a megabyte more alive");
    }

    [Test]
    public void ProgressRunsToTheClientsAskedFor()
    {
        var seen = new List<MarketProgress>();
        Generate(Small, new Reports(seen.Add));
        Assert.That(seen.Select(p => p.Clients), Is.EqualTo(new[] { 200, 400, 600 }));
        Assert.That(seen.Select(p => p.Rows), Is.Ordered.Ascending);
    }

    [Test]
    public void CancellingStopsBetweenCommunities()
    {
        using var stop = new CancellationTokenSource();
        Assert.That(() => Generate(Small, new Reports(_ => stop.Cancel()), stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(5, 10)]
    [TestCase(2000, 7)]
    public void AParameterOutsideItsRangeIsRefusedByName(int clients, int quarters) =>
        Assert.That(
            () => (new MarketParameters(clients, 1) { Quarters = quarters }).Validate(),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(clients < 20 ? "Clients" : "Quarters"));

    [Test]
    public void TheHistoryStartsWithAQuarter() =>
        Assert.That(() => (Small with { Start = new DateOnly(2024, 2, 1) }).Validate(), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void BrokersAndSecuritiesGrowSlowlyAndToALimit()
    {
        var six = new MarketParameters(6_000_000, 1);
        Assert.Multiple(() =>
        {
            Assert.That(new MarketParameters(2000, 1).SecurityCount, Is.EqualTo(80));
            Assert.That(six.SecurityCount, Is.InRange(4000, 5000));
            Assert.That(six.BrokerCount, Is.EqualTo(93));
        });
    }

    private static long LiveBytesAtTheEnd(MarketParameters parameters)
    {
        var live = 0L;
        Generate(parameters, new Reports(p =>
        {
            if (p.Clients == p.TotalClients) live = GC.GetTotalMemory(forceFullCollection: true);
        }));
        return live;
    }

    private static void Generate(MarketParameters parameters, IProgress<MarketProgress> progress, CancellationToken cancellation = default)
    {
        var folder = Directory.CreateTempSubdirectory("graphrisk-market-").FullName;
        try
        {
            MarketGenerator.Generate(parameters, folder, progress, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reports at once on the caller's thread, unlike Progress.</summary>
    private sealed class Reports(Action<MarketProgress> seen) : IProgress<MarketProgress>
    {
        public void Report(MarketProgress value) => seen(value);
    }
}
