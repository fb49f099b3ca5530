using GraphRisk.Graph.Schema;

namespace GraphRisk.Cli.Composition;

/// <summary>What never leaves the platform: types and fields of level 4.</summary>
internal static class ExportLevel
{
    /// <summary>Makes sure that what a schema lets a store hold may leave as files.</summary>
    /// <exception cref="UserErrorException">Some of it is of level 4; the message names it.</exception>
    public static void Require(SchemaCatalog catalog)
    {
        var elements = catalog.NodeTypes.Cast<ElementType>().Concat(catalog.RelationshipTypes).ToList();
        var kept = elements.Where(type => type.Level == Sensitivity.Restricted).Select(type => type.Name)
            .Concat(elements.SelectMany(type => type.Fields.Where(field => field.Level == Sensitivity.Restricted).Select(field => $"{type.Name}.{field.Name}")))
            .ToList();
        if (kept.Count > 0) throw new UserErrorException($"What is of level 4 never leaves the platform: {string.Join(", ", kept)}. A store that holds it is moved by 'store copy'.");
    }
}
