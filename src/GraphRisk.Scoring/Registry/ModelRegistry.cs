using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Registry;

/// <summary>
/// Every model that was ever trained, a folder each named by its version, and beside them <c>decisions.ndjson</c>, a
/// <see cref="HashedLog"/> of all that was decided about them. What a model's state is follows from the decisions
/// (<see cref="ModelStanding"/>). Nothing is replaced: a model trained to the same bits is the one that is there.
/// <para>
/// A shelf of an older program has no decisions but a file <c>in-use</c>: the model it names is champion, all others are challengers.
/// </para>
/// </summary>
/// <param name="folder">The shelf; made when the first model is kept.</param>
public sealed partial class ModelRegistry(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The record of decisions.</summary>
    public string Path => System.IO.Path.Combine(folder, "decisions.ndjson");

    /// <summary>The models and where each stands.</summary>
    /// <exception cref="ModelException">The record of decisions was altered.</exception>
    public ModelStanding Read() => Fold(HashedLog.Read(Path));

    /// <summary>All decisions, in the order they were made.</summary>
    /// <exception cref="ModelException">The record was altered.</exception>
    public IReadOnlyList<ModelDecision> History() => [.. HashedLog.Read(Path).Select(Parse)];

    /// <summary>The champion, or null where nothing was trained yet.</summary>
    /// <exception cref="ModelException">It is damaged or reads features this program does not compute.</exception>
    public CreditModel? OpenChampion() => Read() is { Champion: { } champion } ? Open(champion) : null;

    /// <summary>A model by its version, whatever its state.</summary>
    /// <exception cref="ModelException">There is no such model, it is damaged, or its card is not the one it was kept with.</exception>
    public CreditModel Open(string version) => Open(Read()[version]);

    /// <summary>
    /// Keeps a trained model as a challenger; where there is no champion it is taken into use, provisionally. A model that is there
    /// already stays what it is.
    /// </summary>
    /// <returns>Where it stands now, and the hash of the last line recorded; null where none was.</returns>
    public (ShelvedModel Model, string? Hash) Keep(CreditModel model, ModelVerdict verdict)
    {
        using var log = OpenForDeciding(verdict.At, out var standing);
        string? hash = null;
        if (!standing.Knows(model.Version))
        {
            Write(model);
            (_, hash) = Record(log, standing, new ModelDecision(verdict.At, ModelAct.Train, model.Version, verdict.By, verdict.Reason, ReportOf(model.Version)));
        }

        if (standing.Champion is null)
        {
            (_, hash) = Record(log, standing, new ModelDecision(
                verdict.At, ModelAct.TakeIntoUse, model.Version, verdict.By, "provisional: there was no champion", ReportOf(model.Version)));
        }

        return (standing[model.Version], hash);
    }

    /// <summary>Records a decision about a model, which must be sound.</summary>
    /// <returns>The decision as it was recorded, and the hash of its line.</returns>
    /// <exception cref="ModelException">The rules do not allow it; nothing was recorded.</exception>
    public (ModelDecision Decision, string Hash) Decide(string version, ModelAct act, ModelVerdict verdict)
    {
        Open(version).Dispose();
        using var log = OpenForDeciding(verdict.At, out var standing);
        return Record(log, standing, new ModelDecision(verdict.At, act, version, verdict.By.Trim(), verdict.Reason, ReportOf(version))
        {
            Judgement = verdict.Judgement, Override = verdict.Override,
        });
    }

    /// <summary>The record, for its one writer. What an older program had in use becomes the first decision, so its file counts no more.</summary>
    private HashedLog OpenForDeciding(DateTimeOffset at, out ModelStanding standing)
    {
        var log = HashedLog.Open(Path, out var lines);
        try
        {
            standing = Fold(lines);
            if (lines.Count == 0 && standing.Champion is { } used)
                log.Append([JsonSerializer.Serialize(new ModelDecision(
                    at, ModelAct.TakeIntoUse, used.Version, "graphrisk", "in use before decisions were recorded", ReportOf(used.Version)), Json)]);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private static (ModelDecision Decision, string Hash) Record(HashedLog log, ModelStanding standing, ModelDecision decision)
    {
        var allowed = standing.Check(decision);
        standing.Apply(allowed);
        return (allowed, log.Append([JsonSerializer.Serialize(allowed, Json)]));
    }

    private ModelStanding Fold(IEnumerable<HashedLine> lines)
    {
        var standing = new ModelStanding();
        ModelDecision[] decisions = [.. lines.Select(Parse)];
        if (decisions.Length == 0 && ReadInUse() is { } used) standing.Find(used, ModelState.Champion);
        foreach (var version in Folders()) standing.Find(version, ModelState.Challenger);
        for (var i = 0; i < decisions.Length; i++) standing.Apply(Allowed(standing, decisions[i], i + 1));
        return standing;
    }

    /// <summary>What was recorded must have been allowed when it was: a chain of hashes can be written by anybody.</summary>
    private ModelDecision Allowed(ModelStanding standing, ModelDecision decision, int line)
    {
        try
        {
            return standing.Check(decision);
        }
        catch (ModelException refusal)
        {
            throw new ModelException($"line {line} of {Path} records what was never allowed ({refusal.Message}): no model is used on its word", refusal);
        }
    }

    private ModelDecision Parse(HashedLine line)
    {
        if (!line.IsWhole) throw new ModelException($"line {line.Number} of {Path} was altered, or a line before it removed: no model is used on its word");
        return JsonSerializer.Deserialize<ModelDecision>(line.Text, Json)!;
    }

    private CreditModel Open(ShelvedModel model)
    {
        var opened = CreditModel.Load(System.IO.Path.Combine(folder, model.Version));
        if (opened.Version == model.Version && (model.Report is null || model.Report == ReportOf(model.Version))) return opened;
        opened.Dispose();
        throw new ModelException($"the folder of model {model.Version} holds another model, or its card is not the one it was kept with");
    }

    private string? ReadInUse()
    {
        var path = System.IO.Path.Combine(folder, "in-use");
        if (!File.Exists(path)) return null;
        var version = File.ReadAllText(path).Trim();
        return Version().IsMatch(version) ? version : throw new ModelException($"{path} names no model: '{version}'");
    }

    /// <summary>Folders of models; what is half written, or no model's, has another name.</summary>
    private IEnumerable<string> Folders() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => System.IO.Path.GetFileName(path)).Where(name => Version().IsMatch(name)).Order(StringComparer.Ordinal)
        : [];

    [GeneratedRegex("^[0-9a-f]{16}$")]
    private static partial Regex Version();

    /// <summary>Whole or not at all: written aside, then moved.</summary>
    private void Write(CreditModel model)
    {
        var aside = System.IO.Path.Combine(folder, ".new-" + model.Version);
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        model.Save(aside);
        Directory.Move(aside, System.IO.Path.Combine(folder, model.Version));
    }

    private string ReportOf(string version) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(folder, version, "card.json"))));
}
