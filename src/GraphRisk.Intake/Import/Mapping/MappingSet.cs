using System.Collections.Immutable;
using System.Reflection;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>The mappings an import knows: the user's own first, then those shipped with the program.</summary>
public sealed class MappingSet
{
    private readonly ImmutableArray<RecordMapping> mappings;

    /// <exception cref="MappingException">Two mappings have one name, or a lookup or reader is unknown.</exception>
    public MappingSet(IEnumerable<RecordMapping> mappings)
    {
        this.mappings = [.. mappings];
        foreach (var mapping in this.mappings) Check(mapping);
    }

    /// <summary>All mappings in the order in which they are tried.</summary>
    public IReadOnlyList<RecordMapping> All => mappings;

    /// <summary>The mappings shipped with the program, behind those of the files given.</summary>
    /// <exception cref="MappingException">A mapping contradicts itself or the schema.</exception>
    public static MappingSet Load(SchemaCatalog catalog, params IEnumerable<string> files)
    {
        var loader = new MappingLoader(catalog);
        var own = files.SelectMany(file => loader.LoadFile(file)).ToList();
        var shipped = Shipped(loader).Where(mapping => !own.Exists(other => other.Id == mapping.Id));
        return new MappingSet([.. own, .. shipped]);
    }

    /// <summary>The mapping of that name, or null.</summary>
    public RecordMapping? Find(string id) => mappings.FirstOrDefault(mapping => mapping.Id == id);

    /// <summary>The mappings whose file pattern a path matches, with what the stars stand for.</summary>
    public IEnumerable<(RecordMapping Mapping, string[] Stars)> For(string path)
    {
        foreach (var mapping in mappings)
            if (mapping.Files.Select(pattern => pattern.Match(path)).FirstOrDefault(match => match is not null) is { } stars)
                yield return (mapping, stars);
    }

    private static IEnumerable<RecordMapping> Shipped(MappingLoader loader)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith("mappings/", StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (var mapping in loader.Load(name["mappings/".Length..], reader.ReadToEnd())) yield return mapping;
        }
    }

    private void Check(RecordMapping mapping)
    {
        if (mappings.Count(other => other.Id == mapping.Id) > 1) throw Error(mapping, $"mapping '{mapping.Id}' is stated twice");
        if (mapping.Reader is { } reader && !FactReaders.All.ContainsKey(reader)) throw Error(mapping, $"'{reader}' is no reader");
        foreach (var lookup in mapping.Lookups)
        {
            var other = Find(lookup.Mapping) ?? throw Error(mapping, $"'{lookup.Mapping}' is no mapping");
            foreach (var theirs in lookup.Take.Select(take => take.Theirs).Append(lookup.Key ?? other.Columns[0].Name))
                if (other.ColumnOf(theirs) < 0) throw Error(mapping, $"'{theirs}' is no column of '{lookup.Mapping}'");
        }
    }

    private static MappingException Error(RecordMapping mapping, string reason)
    {
        var at = mapping.Location.LastIndexOf(':');
        return new MappingException(
            mapping.Location[..at], long.Parse(mapping.Location[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture), reason);
    }
}
