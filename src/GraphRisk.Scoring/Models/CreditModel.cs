using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// A model in service: a trained model of any family, calibration, scaling and grades under one version. Made by
/// <see cref="Training.ModelTraining"/> or loaded from a folder; safe for concurrent readers.
/// </summary>
public sealed class CreditModel : IDisposable
{
    internal CreditModel(IRiskModel model, ModelDefinition definition, ModelCard card)
    {
        Model = model;
        Definition = definition;
        Card = card;
        Grades = new GradeTable(definition.Grades);
        Columns = [.. definition.Features.Select(ColumnOf)];
        if (definition.Ranges?.Count != Columns.Length || definition.Band is null)
            throw new ModelException("the definition does not say where the training rows lay and how they were calibrated: train the model anew");
        if (!definition.Features.SequenceEqual(model.Inputs.Select(input => input.Name)))
            throw new ModelException($"the definition names {Columns.Length} features that are not the {model.Inputs.Count} inputs of the model");
    }

    /// <summary>Content hash of all that decides a score.</summary>
    public string Version => Card.Version;

    public ModelCard Card { get; }

    public ModelDefinition Definition { get; }

    /// <summary>The model itself, without calibration.</summary>
    public IRiskModel Model { get; }

    internal GradeTable Grades { get; }

    /// <summary>Per input of the model, its column in <see cref="FeatureSet.Features"/>.</summary>
    internal int[] Columns { get; }

    /// <exception cref="ModelException">The folder holds no usable model.</exception>
    public static CreditModel Load(string folder)
    {
        var (text, definition, card) = ModelFolder.Load(folder);
        return new CreditModel(ModelFamilies.Named(definition.Family).Read(text), definition, card);
    }

    /// <summary>Writes the model; an existing one in the folder is replaced.</summary>
    public void Save(string folder) => ModelFolder.Save(folder, Model.Text, Definition, Card);

    /// <summary>Opens a reading of the market for scoring; keep the scorer as long as the reading.</summary>
    public SnapshotScorer Open(MarketReading market) => new(this, FeatureSet.Open(market));

    /// <summary>The score of one client with all its reasons. For more than one client keep the scorer of <see cref="Open"/>.</summary>
    /// <exception cref="ArgumentException">The node is no person or company.</exception>
    public CreditScore Score(Snapshot snapshot, int node) => Open(new MarketReading(snapshot)).Score(node);

    /// <summary>The scores of all clients in ascending order of node, streamed in chunks.</summary>
    public IEnumerable<ScoreLine> ScoreAll(Snapshot snapshot, int threads = 1) => Open(new MarketReading(snapshot)).ScoreAll(threads);

    public void Dispose() => Model.Dispose();

    private static int ColumnOf(string feature)
    {
        for (var column = 0; column < FeatureSet.Features.Count; column++)
        {
            if (FeatureSet.Features[column].Name == feature)
                return column;
        }
        throw new ModelException($"the model reads feature {feature}, which this program does not compute");
    }
}
