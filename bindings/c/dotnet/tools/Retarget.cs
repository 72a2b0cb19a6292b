// Makes an assembly that mcs compiled against the reference assemblies of .NET Framework 4.6.1 refer to netstandard 2.0 alone.
//
// Debian has netstandard.dll only as a facade, which forwards every type of netstandard 2.0 and defines none, and mcs compiles against
// definitions alone. So the references are set right afterwards, each type being looked up in the facade: one that netstandard 2.0 does not
// have is an error. The comments of what is not public are left out of the documentation, and what the compiler drew by lot out of the
// assembly, so that two builds of one source are the same.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Xml.Linq;
using Mono.Cecil;

internal static class Retarget
{
    private static readonly byte[] Token = { 0xcc, 0x7b, 0x13, 0xff, 0xcd, 0x2d, 0xdd, 0x51 };

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 5)
        {
            Console.Error.WriteLine("Retarget FACADE ASSEMBLY DOCUMENTATION OUT-ASSEMBLY OUT-DOCUMENTATION");
            return 2;
        }
        var forwarded = Forwarded(arguments[0]);
        var module = ModuleDefinition.ReadModule(arguments[1]);
        var strangers = PointToNetstandard(module, forwarded);
        foreach (var stranger in strangers)
            Console.Error.WriteLine("not in netstandard 2.0: " + stranger);
        if (strangers.Count != 0)
            return 1;
        module.Mvid = OfSources(module);
        module.Write(arguments[3], new WriterParameters { Timestamp = 0 });
        Document(module, arguments[2], arguments[4]);
        return 0;
    }

    private static HashSet<string> Forwarded(string facade)
    {
        var module = ModuleDefinition.ReadModule(facade);
        if (module.Assembly.Name.Name != "netstandard" || module.Assembly.Name.Version != new Version(2, 0, 0, 0))
            throw new InvalidDataException(facade + " is not the facade of netstandard 2.0");
        return new HashSet<string>(module.ExportedTypes.Select(type => type.FullName));
    }

    private static List<string> PointToNetstandard(ModuleDefinition module, HashSet<string> forwarded)
    {
        var netstandard = new AssemblyNameReference("netstandard", new Version(2, 0, 0, 0)) { PublicKeyToken = Token };
        var strangers = new List<string>();
        foreach (var type in module.GetTypeReferences())
        {
            if (!forwarded.Contains(type.FullName))
                strangers.Add(type.FullName);
            if (type.DeclaringType == null)
                type.Scope = netstandard;
        }
        module.AssemblyReferences.Clear();
        module.AssemblyReferences.Add(netstandard);
        return strangers;
    }

    /// <summary>A number for this assembly that the same code gives again.</summary>
    private static Guid OfSources(ModuleDefinition module)
    {
        module.Mvid = Guid.Empty;
        using (var bytes = new MemoryStream())
        using (var digest = SHA256.Create())
        {
            module.Write(bytes, new WriterParameters { Timestamp = 0 });
            return new Guid(digest.ComputeHash(bytes.ToArray()).Take(16).ToArray());
        }
    }

    private static void Document(ModuleDefinition module, string from, string to)
    {
        var document = XDocument.Load(from);
        var seen = new HashSet<string>(module.GetTypes().Where(IsSeen).SelectMany(Names));
        foreach (var member in document.Descendants("member").ToList())
        {
            var name = ((string)member.Attribute("name")).Substring(2).Split('(')[0];
            if (!seen.Contains(name))
                member.Remove();
        }
        document.Save(to);
    }

    private static bool IsSeen(TypeDefinition type) =>
        type.DeclaringType == null ? type.IsPublic : type.IsNestedPublic && IsSeen(type.DeclaringType);

    private static IEnumerable<string> Names(TypeDefinition type)
    {
        var name = type.FullName.Replace('/', '.');
        yield return name;
        foreach (var method in type.Methods.Where(method => method.IsPublic))
            yield return name + "." + method.Name.Replace('.', '#');
        foreach (var property in type.Properties.Where(property => property.GetMethod.IsPublic))
            yield return name + "." + property.Name;
        foreach (var field in type.Fields.Where(field => field.IsPublic))
            yield return name + "." + field.Name;
    }
}
