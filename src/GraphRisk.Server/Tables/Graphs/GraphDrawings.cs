using System.Globalization;
using System.Text;
using System.Xml;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// GraphML as of graphml.graphdrawing.org: a key for each name of a value, nodes by their ids, directed edges. The same answer gives the same
/// bytes; what XML cannot hold becomes U+FFFD.
/// </summary>
internal static class GraphMl
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", CloseOutput = false };

    public static void Draw(AnsweredGraph graph, Stream to)
    {
        using var xml = XmlWriter.Create(to, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("graphml", Namespace);
        var ofNodes = WriteKeys(xml, "node", "__typename", graph.Nodes);
        var ofEdges = WriteKeys(xml, "edge", "relationship", graph.Edges);
        foreach (var (at, about) in graph.About.Index()) WriteKey(xml, FormattableString.Invariant($"g{at}"), "graph", about.Name, "string");
        xml.WriteStartElement("graph");
        xml.WriteAttributeString("edgedefault", "directed");
        foreach (var (at, about) in graph.About.Index()) WriteData(xml, FormattableString.Invariant($"g{at}"), about.Text);
        foreach (var node in graph.Nodes) Write(xml, "node", [("id", node.Id)], node.Type, node, ofNodes);
        var number = 0;
        foreach (var edge in graph.Edges)
            Write(xml, "edge", [("id", FormattableString.Invariant($"e{number++}")), ("source", edge.Source), ("target", edge.Target)], edge.Relationship, edge, ofEdges);
        xml.WriteEndDocument();
    }

    private static Dictionary<string, string> WriteKeys(XmlWriter xml, string element, string first, IReadOnlyList<GraphElement> elements)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal) { [first] = "string" };
        var names = new List<string> { first };
        foreach (var (name, value) in elements.SelectMany(one => one.Values))
        {
            var type = value switch { bool => "boolean", long => "long", decimal or double => "double", _ => "string" };
            if (types.TryAdd(name, type)) names.Add(name);
            else if (types[name] != type) types[name] = "string";
        }

        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            ids[name] = string.Create(CultureInfo.InvariantCulture, $"{element[0]}{ids.Count}");
            WriteKey(xml, ids[name], element, name, types[name]);
        }

        return ids;
    }

    private static void WriteKey(XmlWriter xml, string id, string element, string name, string type)
    {
        xml.WriteStartElement("key");
        foreach (var (attribute, value) in new[] { ("id", id), ("for", element), ("attr.name", name), ("attr.type", type) }) xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string element, (string Name, string Value)[] attributes, string kind, GraphElement one, Dictionary<string, string> keys)
    {
        xml.WriteStartElement(element);
        foreach (var (name, value) in attributes) xml.WriteAttributeString(name, DrawnText.ForXml(value));
        WriteData(xml, keys.First().Value, kind);
        foreach (var (name, value) in one.Values.Where(value => value.Name is not ("__typename" or "relationship"))) WriteData(xml, keys[name], DrawnText.Of(value));
        xml.WriteEndElement();
    }

    private static void WriteData(XmlWriter xml, string key, string value)
    {
        xml.WriteStartElement("data");
        xml.WriteAttributeString("key", key);
        xml.WriteString(DrawnText.ForXml(value));
        xml.WriteEndElement();
    }
}

/// <summary>
/// The language of Graphviz, every name and value quoted. Nodes and edges are labelled; what else is asked of them stands under names that begin
/// with <c>data.</c>, to which Graphviz gives no meaning, so that no value draws, links or loads anything.
/// </summary>
internal static class Dot
{
    public static void Draw(AnsweredGraph graph, Stream to)
    {
        using var dot = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        dot.WriteLine("digraph graphrisk {");
        foreach (var (about, text) in graph.About) dot.WriteLine($"  graph [{Quoted(about == "lacks" ? "comment" : $"data.{about}")}={Quoted(text)}];");
        foreach (var node in graph.Nodes)
        {
            var name = node.Values.Where(value => value.Name is "name" or "code" or "contractNumber" or "number").Select(value => DrawnText.Of(value.Value)).FirstOrDefault();
            dot.WriteLine($"  {Quoted(node.Id)} [\"label\"={Quoted(name is null ? node.Type : $"{name}\n{node.Type}")}{Values(node)}];");
        }

        foreach (var edge in graph.Edges)
            dot.WriteLine($"  {Quoted(edge.Source)} -> {Quoted(edge.Target)} [\"label\"={Quoted(edge.Relationship)}{Values(edge)}];");
        dot.WriteLine("}");
    }

    private static string Values(GraphElement element) =>
        string.Concat(element.Values.Select(value => $", {Quoted($"data.{value.Name}")}={Quoted(DrawnText.Of(value.Value))}"));

    /// <summary>
    /// A quoted string. A backslash is doubled, so that it neither ends the string with the quote behind it nor begins one of the escapes of labels
    /// (<c>\N</c>, <c>\G</c>); a new line is <c>\n</c>; a control becomes U+FFFD.
    /// </summary>
    private static string Quoted(string text) =>
        $"\"{DrawnText.ForXml(text).Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(@"\n").Replace('\t', ' ')}\"";
}

/// <summary>Values of a graph as text.</summary>
internal static class DrawnText
{
    public static string Of(object value) => value switch
    {
        decimal number => PropertyText.Normal(number).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    /// <summary>The text with U+FFFD for what no XML document may hold: controls, lone surrogates, U+FFFE and U+FFFF.</summary>
    public static string ForXml(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        return clean.ToString();
    }
}
