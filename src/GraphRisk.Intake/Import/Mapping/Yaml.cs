using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A node of a YAML document that knows its file, so that whatever is wrong with it is told with its line.</summary>
internal readonly struct Yaml
{
    private readonly string file;
    private readonly YamlNode node;

    public Yaml(string file, YamlNode node) => (this.file, this.node) = (file, node);

    /// <summary>Line from 1.</summary>
    public long Line => node.Start.Line;

    public bool IsScalar => node is YamlScalarNode;

    public bool IsMap => node is YamlMappingNode;

    /// <summary>The error to throw about this node.</summary>
    public MappingException Error(string reason) => new(file, Line, reason);

    /// <summary>A plain value as text.</summary>
    public string Text() => node is YamlScalarNode scalar ? scalar.Value ?? "" : throw Error("a plain value is expected");

    public bool Truth() => Text() switch
    {
        "true" => true,
        "false" => false,
        var text => throw Error($"'{text}' is neither true nor false"),
    };

    public decimal Number() => decimal.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number : throw Error($"'{Text()}' is not a number");

    /// <summary>The items of a list; a plain value or a map counts as a list of one.</summary>
    public List<Yaml> Items()
    {
        var owner = file;
        return node is YamlSequenceNode list ? [.. list.Children.Select(item => new Yaml(owner, item))] : [this];
    }

    /// <summary>The texts of a list; a plain value counts as a list of one.</summary>
    public List<string> Texts() => [.. Items().Select(item => item.Text())];

    /// <summary>The entries of a map in the order written.</summary>
    public List<(Yaml Key, Yaml Value)> Entries()
    {
        var owner = file;
        return node is YamlMappingNode map
            ? [.. map.Children.Select(pair => (new Yaml(owner, pair.Key), new Yaml(owner, pair.Value)))]
            : throw Error("a map is expected");
    }

    /// <summary>A map whose keys are all among those given.</summary>
    public Dictionary<string, Yaml> Map(params ReadOnlySpan<string> known)
    {
        var result = new Dictionary<string, Yaml>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries())
        {
            if (!known.Contains(key.Text())) throw key.Error($"'{key.Text()}' is not known here; there are {string.Join(", ", known)}");
            result.Add(key.Text(), value);
        }

        return result;
    }

    /// <summary>An entry that must be there.</summary>
    public Yaml Need(Dictionary<string, Yaml> map, string key) =>
        map.TryGetValue(key, out var value) ? value : throw Error($"'{key}' is missing");
}
