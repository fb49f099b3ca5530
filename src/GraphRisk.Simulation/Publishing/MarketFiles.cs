using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Publishing;

/// <summary>Every file of a market, open for writing. Disposing closes them all.</summary>
public sealed class MarketFiles : IDisposable
{
    private readonly BrokerFiles[] brokers;

    public MarketFiles(string folder, NationalLayer nation)
    {
        foreach (var sub in new[] { "brokers", "registry", "exchange", "lists", "court", "csrc", "cases", "truth" })
            Directory.CreateDirectory(Path.Combine(folder, sub));
        RemoveOtherBrokers(Path.Combine(folder, "brokers"), nation);
        brokers = [.. nation.Brokers.Select(b => new BrokerFiles(folder, b, nation))];
        Registry = new RegistryFiles(Path.Combine(folder, "registry"));
        Public = new PublicFiles(folder);
        Truth = new TruthFiles(Path.Combine(folder, "truth"));
        Cases = new CaseFiles(Path.Combine(folder, "cases"), nation);
    }

    public RegistryFiles Registry { get; }

    public PublicFiles Public { get; }

    public TruthFiles Truth { get; }

    public CaseFiles Cases { get; }

    public long Rows => brokers.Sum(b => b.Rows) + Registry.Rows + Public.Rows + Cases.Rows;

    public BrokerFiles Of(Broker broker) => brokers[broker.Index];

    /// <summary>Brokers of an earlier, larger market in the same folder would be read as this one's.</summary>
    private static void RemoveOtherBrokers(string folder, NationalLayer nation)
    {
        foreach (var home in Directory.EnumerateDirectories(folder, "B???"))
            if (nation.Brokers.All(b => b.Code != Path.GetFileName(home))) Directory.Delete(home, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "..", "cases"), "B???.csv"))
            if (nation.Brokers.All(b => b.Code != Path.GetFileNameWithoutExtension(file))) File.Delete(file);
    }

    public void Dispose()
    {
        foreach (var broker in brokers) broker.Dispose();
        Registry.Dispose();
        Public.Dispose();
        Truth.Dispose();
        Cases.Dispose();
    }
}
