using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// The champion of a data folder as a running server sees it: once a second at most it looks whether the record of decisions has grown, and
/// where it has, it reads it again and takes the champion that it names. A record or a model that cannot be read changes nothing: the
/// server goes on with the model it has and says so once. Models that were champion stay open until the server ends, since answers may
/// still be computed with them. Thread-safe.
/// </summary>
internal sealed class ChampionWatch : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Host host;
    private readonly DataFolder folder;
    private readonly List<CreditModel> opened = [];
    private DateTimeOffset looked;
    private (long Length, DateTime Written)? seen;
    private (long Length, DateTime Written)? told;

    /// <summary>Opens the champion there is.</summary>
    public ChampionWatch(Host host, DataFolder folder)
    {
        (this.host, this.folder) = (host, folder);
        looked = host.Clock.GetUtcNow();
        TakeIfChanged();
    }

    /// <summary>The champion now; null while there is none.</summary>
    public CreditModel? Now()
    {
        lock (gate)
        {
            var now = host.Clock.GetUtcNow();
            if (now - looked < Between) return Current;
            looked = now;
            TakeIfChanged();
            return Current;
        }
    }

    /// <summary>The model of a version, whether champion or not; null where the folder has none. It stays open like those that were champion.</summary>
    public CreditModel? Of(string version)
    {
        lock (gate)
        {
            try
            {
                return Opened(FiledRecords.Registry(folder), version);
            }
            catch (Exception error) when (error is ModelException or UserErrorException or IOException)
            {
                host.Error.WriteLine($"{error.Message} Scores filed with the model {version} cannot be told.");
                return null;
            }
        }
    }

    public void Dispose()
    {
        foreach (var model in opened) model.Dispose();
    }

    private CreditModel? Current { get; set; }

    private (long, DateTime) Look() => new FileInfo(FiledRecords.DecisionsOf(folder)) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;

    private void TakeIfChanged()
    {
        if (Look() is var state && state == seen) return;
        try
        {
            Take();
            seen = state;
        }
        catch (Exception error) when (error is ModelException or UserErrorException or IOException)
        {
            if (state != told) host.Error.WriteLine($"graphrisk: {error.Message} {(Current is { } model ? $"The model {model.Version} stays in use." : "No model is in use: scores are refused.")}");
            told = state;
        }
    }

    private void Take()
    {
        var registry = FiledRecords.Registry(folder);
        if (registry.Read().Champion?.Version is not { } version || version == Current?.Version) return;
        Current = Opened(registry, version);
    }

    private CreditModel Opened(ModelRegistry registry, string version)
    {
        var model = opened.Find(model => model.Version == version);
        if (model is null) opened.Add(model = registry.Open(version));
        return model;
    }
}
