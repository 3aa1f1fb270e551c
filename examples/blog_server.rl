// A small blog, served as JSON-RPC:
//
//   ./relay examples/blog_server.rl -server
//   curl -X POST http://localhost:8080/rpc -d '{"jsonrpc": "2.0", "method": "blog_server.get_posts", "id": 1}'
//
// Each server is an actor: it handles one message at a time, and a message that fails leaves no trace in its state.

struct User { id: number, name: string, email: optional(string), joined: datetime }

server blog_server {
    state {
        posts: [object] = [],
        next_id: number = 1
    }

    receive fn get_posts() -> [object] {
        state.get("posts")
    }

    receive fn create_post(title: string, content: string) -> object {
        set id = state.get("next_id")
        set post = {id: id, title: title, content: content}

        set posts = state.get("posts")
        state.set("posts", posts.push(post))
        state.set("next_id", id + 1)

        post
    }

    receive fn get_post(id: number) -> object {
        find_post(id) ?? throw {error: "Post not found", id: id}
    }

    // Changes what is given and leaves the rest.
    receive fn update_post(
        id: number,
        title: optional(string),
        content: optional(string),
    ) -> object {
        set old = get_post(id)
        set post = old.set("title", title ?? old.title).set("content", content ?? old.content)
        state.set("posts", state.posts.replace(old, post))
        post
    }

    receive fn delete_post(id: number) -> object {
        set post = get_post(id)
        state.set("posts", state.posts.remove(post))
        post
    }

    receive fn search(text: string) -> [object] {
        set wanted = text.lower()
        state.posts.filter(fn (post) {
            post.title.lower().contains(wanted) || post.content.lower().contains(wanted)
        })
    }

    receive fn get_stats() -> object {
        set words = state.posts.map(fn (post) { post.content.split(" ").length() })
        {posts: state.posts.length(), words: words.sum(), next_id: state.next_id}
    }

    // No `receive`: only this server can call it.
    fn find_post(id) {
        state.posts.find(fn (post) { post.id == id })
    }
}

server user_server {
    state {
        users: [User] = []
    }

    receive fn create_user(name: string, email: optional(string)) -> User {
        if state.users.any(fn (user) { user.name == name }) {
            throw {error: "Name taken", name: name}
        }
        set user = User{id: state.users.length() + 1, name: name, email: email, joined: now()}
        state.set("users", state.users.push(user))
        user
    }

    receive fn get_user(id: number) -> User {
        state.users.find(fn (user) { user.id == id }) ?? throw {error: "User not found", id: id}
    }

    receive fn get_users() -> [User] {
        state.users
    }
}
