using GraphRisk.Scoring.Models.Kernel;
using GraphRisk.Scoring.Models.Linear;
using GraphRisk.Scoring.Models.Network;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>Every family of models. To add one: a file with its family and its model, a line here.</summary>
public static class ModelFamilies
{
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new ScorecardFamily(),
        BoostedTreesFamily.Standard,
        new LinearSvcFamily(),
        new KernelSvcFamily(),
        new NetworkFamily(),
        new GraphNetworkFamily(),
    ];

    /// <exception cref="ModelException">There is no such family.</exception>
    public static ModelFamily Named(string name) =>
        All.FirstOrDefault(family => family.Name == name)
        ?? throw new ModelException($"'{name}' is no family of models: {string.Join(", ", All.Select(family => family.Name))}");
}
