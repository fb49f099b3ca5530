using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Weights;
using GraphRisk.Matching.Charts;

namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>What resolution looks like, each chart one SVG document.</summary>
/// <param name="PersonWeights">What agreement of persons' records weighs; null where no weights are kept.</param>
/// <param name="CompanyWeights">The same of companies.</param>
/// <param name="Probabilities">How many pairs were judged how probable; persons' judgements are not among them.</param>
/// <param name="ClusterSizes">How many parties have how many records, from two on.</param>
public sealed record ResolutionCharts(string? PersonWeights, string? CompanyWeights, string Probabilities, string ClusterSizes)
{
    /// <summary>Draws a store at a version. Cost: a pass over its judgements.</summary>
    /// <param name="store">The store.</param>
    /// <param name="version">Of the store.</param>
    /// <param name="modelFile">Where the weights are kept; null where nowhere.</param>
    /// <param name="read">Told of each judgement read, to charge for it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The kept weights cannot be read.</exception>
    public static async Task<ResolutionCharts> DrawAsync(IGraphStore store, long version, string? modelFile, Action? read = null, CancellationToken cancellation = default)
    {
        var model = modelFile is not null && File.Exists(modelFile) ? ResolutionModelFile.Read(modelFile) : null;
        var probabilities = new List<double>();
        var clusters = await Clusters.ReadAsync(Counted(), cancellation);
        return new ResolutionCharts(
            model is null ? null : LinkageCharts.OfWeights(model.Person.ToMatchModel()), model is null ? null : LinkageCharts.OfWeights(model.Company.ToMatchModel()),
            LinkageCharts.OfProbabilities(probabilities), LinkageCharts.OfClusterSizes(clusters.Sizes()));

        async IAsyncEnumerable<RecordedFact> Counted()
        {
            await foreach (var recorded in store.ReadAsync(ReadScope.All(version) with { Types = [SchemaCatalog.SameAs] }, cancellation))
            {
                read?.Invoke();
                if (recorded.Fact is RelationshipFact fact && JudgementFacts.FromFact(fact) is { ByPerson: false, Score: { } score }) probabilities.Add((double)score);
                yield return recorded;
            }
        }
    }

    /// <summary>Writes each chart to a folder, which is made.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, chart) in (ReadOnlySpan<(string, string?)>)[("persons", PersonWeights), ("companies", CompanyWeights), ("probabilities", Probabilities), ("cluster-sizes", ClusterSizes)])
            if (chart is not null) File.WriteAllText(Path.Combine(folder, $"{name}.svg"), chart);
    }
}
